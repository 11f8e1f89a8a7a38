"""Sessions of the websockets library, one for each contract with plain WebSockets: prints what the clients received."""

import asyncio
import json
import sys

import websockets

PATIENCE_S = 20


async def receive(socket):
    return await asyncio.wait_for(socket.recv(), PATIENCE_S)


async def receive_json(socket):
    return json.loads(await receive(socket))


async def ending(socket):
    """How the server closed."""
    await asyncio.wait_for(socket.wait_closed(), PATIENCE_S)
    return [socket.close_code, socket.close_reason]


async def refused(url):
    """The status with which a handshake is refused."""
    try:
        async with websockets.connect(url):
            return None
    except websockets.InvalidStatusCode as error:
        return error.status_code


async def text_rooms(base):
    async with websockets.connect(base + "/ws/python%20room") as one:
        async with websockets.connect(base + "/ws/python%20room") as two:
            texts = []
            for text in ["héllo 👋", "", '{"not": "parsed"}', "done", "Done "]:
                await one.send(text)
                texts.append([await receive(one), await receive(two)])
            await two.send("Done")
            farewells = [await receive(one), await receive(two)]
            return {
                "texts": texts,
                "farewells": farewells,
                "endings": [await ending(one), await ending(two)],
                "refused": [await refused(base + "/ws/x/y"), await refused(base + "/ws/")],
            }


async def json_rooms(base):
    async with websockets.connect(base + "/ws/python?username=Alice") as alice:
        frames = [await receive_json(alice)]
        async with websockets.connect(base + "/ws/python?username=Bob") as bob:
            frames.append(await receive_json(alice))
            own = await receive_json(bob)
            await bob.send(json.dumps({"content": "hi", "username": "Mallory"}))
            frames.append(await receive_json(alice))
            await bob.send("plain")
            frames.append(await receive_json(alice))
        frames.append(await receive_json(alice))
        return {"frames": frames, "own": own}


async def token_chat(base, token, room):
    async with websockets.connect(base + "/ws/auth?token=" + token) as auth:
        frames = [await receive_json(auth)]
        await auth.send(json.dumps({"type": "join_room", "room_id": int(room)}))
        frames += [await receive_json(auth), await receive_json(auth)]
        await auth.send(json.dumps({"type": "message", "room_id": int(room), "content": "hi"}))
        frames.append(await receive_json(auth))
        async with websockets.connect(base + "/ws/room/" + room + "?token=" + token) as one:
            history = await receive_json(one)
            frames += [await receive_json(auth)]
        frames.append(await receive_json(auth))
        await auth.send("{")
        frames.append(await receive_json(auth))
    async with websockets.connect(base + "/ws/echo") as echo:
        await echo.send("hi")
        echoed = await receive(echo)
    return {
        "frames": frames,
        "history": history,
        "echoed": echoed,
        "refused": await refused(base + "/ws/auth?token=wrong"),
    }


async def envelope(base, token, room):
    async with websockets.connect(base + "/ws/chat/" + room + "?token=" + token) as socket:
        frames = [await receive_json(socket)]
        for text in ['{"text": ""}', '{"text": "hi"}', "{"]:
            await socket.send(text)
        frames += [await receive_json(socket), await receive_json(socket)]
    async with websockets.connect(
        base + "/ws/chat/" + room, extra_headers={"Authorization": "Bearer " + token}
    ) as socket:
        frames.append(await receive_json(socket))
    return {"frames": frames, "refused": await refused(base + "/ws/chat/" + room + "?token=wrong")}


sessions = {
    "text-rooms": text_rooms,
    "json-rooms": json_rooms,
    "token-chat": token_chat,
    "envelope": envelope,
}
print(json.dumps(asyncio.run(sessions[sys.argv[1]](*sys.argv[2:]))))
