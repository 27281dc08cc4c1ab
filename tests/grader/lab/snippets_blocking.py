"""Calls that a learner may make inside a coroutine, and that freeze the event loop.

Not named test_*, so that the lab takes these lines for a learner's. The last two are
not seen by the lab, and only pytest-timeout would end them: a blocking `socket.recv()`
and a second `threading.Lock.acquire()`. Both are C calls without an audit event, of
types that cannot be patched.
"""
# ruff: noqa: ASYNC210, ASYNC221, ASYNC230, ASYNC240, ASYNC251, PTH123

from __future__ import annotations

import asyncio
import concurrent.futures
import os
import queue
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from time import sleep


async def time_sleep() -> None:
    time.sleep(0.25)


async def sleep_by_name() -> None:
    sleep(0.5)


async def open_to_read() -> None:
    with open("/dev/null") as file:
        file.read()


async def open_to_write() -> None:
    with open("/dev/null", "w") as file:
        file.write("x")


async def path_read_text() -> None:
    Path("/dev/null").read_text()


async def sqlite() -> None:
    sqlite3.connect(":memory:").close()


async def subprocess_run() -> None:
    subprocess.run(["true"], check=True)


async def os_system() -> None:
    os.system("true")


async def urlopen() -> None:
    with suppress(OSError):
        urllib.request.urlopen("http://127.0.0.1:9/", timeout=1)


async def socket_connect() -> None:
    with socket.socket() as sock, suppress(OSError):
        sock.connect(("127.0.0.1", 9))


async def getaddrinfo() -> None:
    socket.getaddrinfo("localhost", 80)


async def queue_get() -> None:
    queue.Queue[int]().get()


async def event_wait() -> None:
    threading.Event().wait()


async def event_wait_with_timeout() -> None:
    threading.Event().wait(0.3)


async def future_result() -> None:
    concurrent.futures.Future[int]().result()


async def thread_join() -> None:
    gate = threading.Event()
    thread = threading.Thread(target=gate.wait)
    thread.start()
    try:
        thread.join()  # its thread
    finally:
        gate.set()


async def executor_result() -> None:
    gate = threading.Event()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        try:
            pool.submit(gate.wait).result()  # its result
        finally:
            gate.set()


async def executor_shutdown() -> None:
    gate = threading.Event()
    pool = concurrent.futures.ThreadPoolExecutor()
    pool.submit(gate.wait)
    try:
        pool.shutdown()  # waits
    finally:
        gate.set()


async def coroutine_threadsafe_result() -> None:
    loop = asyncio.get_running_loop()
    future = asyncio.run_coroutine_threadsafe(asyncio.sleep(1), loop)
    try:
        future.result()  # from the loop's own thread
    finally:
        future.cancel()


async def computes() -> None:
    sum(number * number for number in range(1_000_000))


# Not seen by the lab. With a time limit here, so that they end.


async def socket_recv() -> None:
    near, far = socket.socketpair()
    with near, far, suppress(TimeoutError):
        near.settimeout(0.01)
        near.recv(1)


async def lock_twice() -> None:
    lock = threading.Lock()
    lock.acquire()
    lock.acquire(timeout=0.01)
