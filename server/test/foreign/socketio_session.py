"""A session of two python-socketio clients: prints what each of them heard, and the answers to what they asked."""

import asyncio
import json
import sys

import socketio

PATIENCE_S = 20


class Client:
    """Keeps the events of one client, in the order in which they came."""

    def __init__(self):
        self.io = socketio.AsyncClient(reconnection=False)
        self.events = asyncio.Queue()
        for name in ("user_joined", "user_left", "new_message", "error"):
            self.io.on(name, self._handler(name))

    def _handler(self, name):
        async def handle(data):
            await self.events.put([name, data])

        return handle

    async def next(self):
        return await asyncio.wait_for(self.events.get(), PATIENCE_S)

    async def ask(self, name, data):
        return await self.io.call(name, data, timeout=PATIENCE_S)


async def main(url, room, transports):
    ann, bob = Client(), Client()
    heard = {"ann": [], "bob": []}
    await ann.io.connect(url, transports=transports)
    await bob.io.connect(url, transports=transports)
    joined = await ann.ask("join_room", {"room_id": room, "username": "Ann"})
    heard["ann"].append(await ann.next())
    await bob.ask("join_room", {"room_id": str(room)})
    heard["ann"].append(await ann.next())
    heard["bob"].append(await bob.next())
    stored = await bob.ask("send_message", {"room_id": room, "sender": "Bob", "message": "héllo 👋"})
    heard["ann"].append(await ann.next())
    heard["bob"].append(await bob.next())
    refused = await bob.ask("send_message", {"room_id": 999999, "sender": "Bob", "content": "hi"})
    heard["bob"].append(await bob.next())
    left = await bob.ask("leave_room", {"room_id": room})
    heard["ann"].append(await ann.next())
    await bob.ask("join_room", {"room_id": room, "username": "Bob"})
    heard["ann"].append(await ann.next())
    heard["bob"].append(await bob.next())
    sids = {"ann": ann.io.get_sid(), "bob": bob.io.get_sid()}
    used = [ann.io.transport(), bob.io.transport()]
    await bob.io.disconnect()
    heard["ann"].append(await ann.next())
    await ann.io.disconnect()
    answers = {"joined": joined, "stored": stored, "refused": refused, "left": left}
    print(json.dumps({"heard": heard, "answers": answers, "sids": sids, "transports": used}))


asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3].split(",")))
