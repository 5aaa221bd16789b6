"""Whatever changes a person's access ends all of that person's sessions, also when it is changed by hand in SQL.

All columns count but those listed: one that is added later must not be forgotten. The function acts as its owner, since
who may change a person need not be able to touch sessions.
"""

from typing import ClassVar

from django.db import migrations

HARMLESS = "last_login,name,title,phone,email,language"

FORWARD = f"""
CREATE FUNCTION sign_in_end_sessions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF (to_jsonb(OLD) - '{{{HARMLESS}}}'::text[]) IS DISTINCT FROM (to_jsonb(NEW) - '{{{HARMLESS}}}'::text[]) THEN
        UPDATE sign_in_signin SET ended_at = clock_timestamp(), why_ended = 'access_changed'
        WHERE person_id = NEW.id AND ended_at IS NULL;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER sign_in_end_sessions AFTER UPDATE ON access_person
    FOR EACH ROW EXECUTE FUNCTION sign_in_end_sessions();
"""  # noqa: S608 - nothing here comes from outside
BACKWARD = "DROP TRIGGER sign_in_end_sessions ON access_person; DROP FUNCTION sign_in_end_sessions();"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("sign_in", "0001_sessions_devices_and_ways_back_in")]

    operations: ClassVar[list[migrations.RunSQL]] = [migrations.RunSQL(FORWARD, BACKWARD)]
