"""Databases, with the files that Odoo keeps for them and notes on what they hold."""

import shutil

import psycopg2
from console import die
from project import DATA

FILESTORE = DATA / "filestore" / "filestore"


def sql(query, *args, db="postgres"):
    """The rows of one query, committed by itself; None if it is not one with rows."""
    try:
        connection = psycopg2.connect(dbname=db)
    except psycopg2.OperationalError as error:
        die(f"PostgreSQL cannot be reached: {str(error).strip()}")
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(query, args or None)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def db_exists(name):
    return bool(sql("SELECT 1 FROM pg_database WHERE datname = %s", name))


def create_db(name, template=None):
    """An empty database, or the copy of another with its files."""
    if template:
        sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        if (FILESTORE / template).exists():
            shutil.copytree(FILESTORE / template, FILESTORE / name)
    else:
        # Odoo itself would log an error about a module the embedded server lacks
        options = "ENCODING 'unicode' LC_COLLATE 'C' TEMPLATE template0"
        sql(f'CREATE DATABASE "{name}" {options}')


def drop_db(name):
    sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(FILESTORE / name, ignore_errors=True)


def rename_db(name, new):
    shutil.rmtree(FILESTORE / new, ignore_errors=True)
    if (FILESTORE / name).exists():
        (FILESTORE / name).rename(FILESTORE / new)
    sql(f'ALTER DATABASE "{name}" RENAME TO "{new}"')


def note(name, text):
    """Keeps a short text with a database, as its comment."""
    sql(f'COMMENT ON DATABASE "{name}" IS %s', text)


def noted(name):
    """The text kept with a database; None if there is none, or no such database."""
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
    rows = sql(f"{query} WHERE datname = %s", name)
    return rows[0][0] if rows else None
