"""The Odoo that `make bench-call` measures in, and who works with it by HTTP."""

import itertools
import json
import urllib.request
from http.cookiejar import CookieJar

from db import create_db, db_exists, note, noted
from dev import DB, free_port, install, start, stop, wait_until_up
from project import ADDON, LOGS
from stamps import addon_hash

BENCH = f"{DB}-bench-call"
LOG = LOGS / "bench-call.log"
COLLEAGUE = "bench-colleague"  # their login


class Session:
    """Calls by HTTP, as one user."""

    def __init__(self, url):
        self.url = url
        self._ids = itertools.count(1)
        self._jar = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),  # it is this machine
            urllib.request.HTTPCookieProcessor(self._jar),
        )

    def log_in(self, login):
        self.json("/web/session/authenticate", db=BENCH, login=login, password=login)
        return self

    @property
    def session(self):
        return next(cookie.value for cookie in self._jar if cookie.name == "session_id")

    def json(self, path, **params):
        body = {"jsonrpc": "2.0", "id": next(self._ids), "params": params}
        request = urllib.request.Request(
            f"{self.url}{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with self._opener.open(request, timeout=600) as told:
            answer = json.load(told)
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["debug"])
        return answer["result"]

    def call(self, model, method, *args, **kwargs):
        path = f"/web/dataset/call_kw/{model}/{method}"
        return self.json(path, model=model, method=method, args=args, kwargs=kwargs)


class Server(Session):
    """Odoo on a free port, called by its administrator and by a colleague."""

    def __init__(self, env):
        port = free_port()
        super().__init__(f"http://127.0.0.1:{port}")
        self._process = start(
            ["-d", BENCH, "--http-port", port, "--log-level=warn"],
            env,
            stdout=open(LOG, "w"),
        )

    def __enter__(self):
        wait_until_up(self._process, self.url, LOG)
        self.log_in("admin")
        self.colleague = Session(self.url).log_in(self._make_colleague())
        return self

    def __exit__(self, *_exc):
        stop(self._process)

    def _make_colleague(self):
        if not self.call("res.users", "search", [["login", "=", COLLEAGUE]]):
            group = self.call(
                "ir.model.data",
                "search_read",
                [["name", "=", "group_sale_salesman_all_leads"]],
                ["res_id"],
            )[0]["res_id"]
            vals = {
                "name": "Colleague",
                "login": COLLEAGUE,
                "password": COLLEAGUE,
                "group_ids": [[4, group]],
            }
            self.call("res.users", "create", [vals])
        return COLLEAGUE


def prepare(env):
    """Install the addon, or update it where its files have changed."""
    if not db_exists(BENCH):
        create_db(BENCH)
    if noted(BENCH) != addon_hash():
        install(env, LOG, "-d", BENCH, "-i", ADDON, "-u", ADDON)
        note(BENCH, addon_hash())
