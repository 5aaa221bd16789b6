"""Refuse every change of what is recorded, whoever asks: the ledger only grows, and cases and their keys stay.

PostgreSQL runs triggers for the owner and for superusers too. Who switches them off is found by verify_ledger.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

REFUSE = """
CREATE FUNCTION cases_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what is recorded stays', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Record a correction as a new event.';
END $$;

CREATE TRIGGER record_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_record
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse();
CREATE TRIGGER case_stays BEFORE DELETE OR TRUNCATE ON cases_case
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse();
CREATE TRIGGER key_stays BEFORE DELETE OR TRUNCATE ON cases_casekey
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse();

CREATE TRIGGER case_stays_the_same BEFORE UPDATE ON cases_case FOR EACH ROW
    WHEN ((OLD.id, OLD.resident_id, OLD.opened_at, OLD.opened_by_id)
          IS DISTINCT FROM (NEW.id, NEW.resident_id, NEW.opened_at, NEW.opened_by_id))
    EXECUTE FUNCTION cases_refuse();
CREATE TRIGGER head_only_grows BEFORE UPDATE ON cases_case FOR EACH ROW
    WHEN (NEW.head_sequence < OLD.head_sequence
          OR NEW.head_sequence = OLD.head_sequence AND NEW.head_hash <> OLD.head_hash)
    EXECUTE FUNCTION cases_refuse();
CREATE TRIGGER key_stays_with_its_case BEFORE UPDATE ON cases_casekey FOR EACH ROW
    WHEN (NEW.case_id <> OLD.case_id)
    EXECUTE FUNCTION cases_refuse();
"""

ALLOW = """
DROP TRIGGER key_stays_with_its_case ON cases_casekey;
DROP TRIGGER head_only_grows ON cases_case;
DROP TRIGGER case_stays_the_same ON cases_case;
DROP TRIGGER key_stays ON cases_casekey;
DROP TRIGGER case_stays ON cases_case;
DROP TRIGGER record_is_append_only ON cases_record;
DROP FUNCTION cases_refuse();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("cases", "0001_case_ledger_and_obligations")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(REFUSE, ALLOW)]
