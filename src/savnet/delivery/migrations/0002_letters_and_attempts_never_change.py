"""Triggers: a message's letter never changes, an attempt ends once, receipts and reroutings are only added."""

from typing import ClassVar

from django.db import migrations

APPEND_ONLY = ("delivery_receipt", "delivery_rerouting")
NEVER_DELETED = ("delivery_message", "delivery_attempt", *APPEND_ONLY)

FUNCTIONS = """
CREATE FUNCTION delivery_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: what was sent and received is only ever added to', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION delivery_message_keeps_its_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only the way it goes may change, and the address with it; Rerouting says why.
    NEW.channel := OLD.channel;
    NEW.address := OLD.address;
    IF NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'message % is refused a change: its letter and whom it is for never change', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION delivery_attempt_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.outcome IS NOT NULL OR NEW.outcome IS NULL
       OR (NEW.id, NEW.message_id, NEW.number, NEW.channel, NEW.address, NEW.started_at, NEW.recorded_by)
          IS DISTINCT FROM
          (OLD.id, OLD.message_id, OLD.number, OLD.channel, OLD.address, OLD.started_at, OLD.recorded_by) THEN
        RAISE EXCEPTION 'attempt % of message % is refused a change: an outcome is filled in once, the rest never',
            OLD.number, OLD.message_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER message_keeps_its_letter AFTER UPDATE ON delivery_message
    FOR EACH ROW EXECUTE FUNCTION delivery_message_keeps_its_letter();
CREATE TRIGGER attempt_ends_once BEFORE UPDATE ON delivery_attempt
    FOR EACH ROW EXECUTE FUNCTION delivery_attempt_ends_once();
"""

FUNCTIONS_BACK = """
DROP TRIGGER message_keeps_its_letter ON delivery_message;
DROP TRIGGER attempt_ends_once ON delivery_attempt;
DROP FUNCTION delivery_message_keeps_its_letter();
DROP FUNCTION delivery_attempt_ends_once();
DROP FUNCTION delivery_refuse();
"""


def refusal(table: str, what: str, each: str) -> migrations.RunSQL:
    """A trigger that refuses `what` (such as DELETE) on a table."""
    name = f"{table}_refuses_{what.split()[0].lower()}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH {each} EXECUTE FUNCTION delivery_refuse()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("delivery", "0001_messages_attempts_and_receipts")]

    operations: ClassVar = [
        migrations.RunSQL(FUNCTIONS, FUNCTIONS_BACK),
        *[refusal(table, "DELETE", "ROW") for table in NEVER_DELETED],
        *[refusal(table, "TRUNCATE", "STATEMENT") for table in NEVER_DELETED],
        *[refusal(table, "UPDATE", "ROW") for table in APPEND_ONLY],
    ]
