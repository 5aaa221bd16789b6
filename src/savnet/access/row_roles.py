"""The database's roles: who owns, who logs in, and the one that a request takes.

How they are made is in `docs/running/database-roles.md`.
"""

OWNER = "savnet_owner"
"""Owns the tables and runs the migrations. Nobody serves pages or sends letters as this one."""

APP = "savnet_app"
"""What the web logs in as. By itself it reaches no table that says something of a child."""

WEB = "savnet_web"
"""What a request becomes, for one transaction, once it is known who asks. Nobody logs in as this one."""

WORKER = "savnet_worker"
"""What workers and commands log in as: reaches every row, since they act for the house."""

READS = "savnet_reads"
"""What may read every row and write none: the second reader is a member."""

BACKUP = "savnet_backup"
"""What a backup is taken as: reads every row, whatever the policies say, so that none can be missing."""

MAKE = f"""
DO $$
DECLARE
    made record;
BEGIN
    FOR made IN SELECT * FROM (VALUES
        ('{OWNER}', 'LOGIN CREATEDB'), ('{APP}', 'LOGIN NOINHERIT'), ('{WORKER}', 'LOGIN'),
        ('{WEB}', 'NOLOGIN'), ('{READS}', 'NOLOGIN'), ('{BACKUP}', 'NOLOGIN BYPASSRLS')) AS r (name, rights)
    LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = made.name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I %s', made.name, made.rights);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;  -- another has made it at this moment; roles belong to the whole server
            END;
        END IF;
    END LOOP;
END $$;
"""

MEMBERS = f"""
GRANT {WEB} TO {APP};
GRANT {WEB}, {BACKUP} TO {OWNER};
GRANT {WEB} TO {WORKER};
GRANT pg_read_all_data TO {BACKUP};
"""

OWNS = f"""
DO $$
DECLARE
    one record;
BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO {OWNER}', current_database());
    ALTER SCHEMA public OWNER TO {OWNER};
    FOR one IN
        SELECT format('ALTER TABLE %s OWNER TO {OWNER}', c.oid::regclass) AS what FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
        UNION ALL
        SELECT format('ALTER ROUTINE %s OWNER TO {OWNER}', p.oid::regprocedure) FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace
        UNION ALL
        SELECT format('ALTER TYPE %s OWNER TO {OWNER}', t.oid::regtype) FROM pg_type t
        WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd')
    LOOP
        EXECUTE one.what;
    END LOOP;
END $$;
"""
"""What an administrator made before there were roles is the owner's from now on; sequences follow their tables."""

ALL = (OWNER, APP, WORKER, WEB, READS, BACKUP)
