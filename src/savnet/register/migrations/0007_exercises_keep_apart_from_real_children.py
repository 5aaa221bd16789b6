"""Triggers: no child moves in or out of an exercise, and a centre never becomes or ceases to be an exercise's."""

from typing import ClassVar

from django.db import migrations

FORWARDS = """
CREATE FUNCTION register_exercise_keeps_its_children() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.centre_id <> OLD.centre_id AND EXISTS (
        SELECT 1 FROM register_centre WHERE id IN (NEW.centre_id, OLD.centre_id) AND exercise_of_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'resident % is refused a move in or out of an exercise', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION register_exercise_stays_an_exercise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.exercise_of_id IS DISTINCT FROM OLD.exercise_of_id THEN
        RAISE EXCEPTION 'centre % is refused a change: what is an exercise stays one, and what is real stays real', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER exercise_keeps_its_children BEFORE UPDATE OF centre_id ON register_resident
    FOR EACH ROW EXECUTE FUNCTION register_exercise_keeps_its_children();
CREATE TRIGGER exercise_stays_an_exercise BEFORE UPDATE OF exercise_of_id ON register_centre
    FOR EACH ROW EXECUTE FUNCTION register_exercise_stays_an_exercise();
"""

BACK = """
DROP TRIGGER exercise_keeps_its_children ON register_resident;
DROP TRIGGER exercise_stays_an_exercise ON register_centre;
DROP FUNCTION register_exercise_keeps_its_children();
DROP FUNCTION register_exercise_stays_an_exercise();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("register", "0006_presence_transfers_readiness_and_exercises")]

    operations: ClassVar = [migrations.RunSQL(FORWARDS, BACK)]
