import { forgetRoom, keepPlace, readPlace } from './place.js'
import { RoomSocket } from './room-socket.js'
import { Timeline } from './timeline.js'

/** @import { State } from './room-socket.js' */

const title = element('title', HTMLElement)
const state = element('state', HTMLElement)
const enter = element('enter', HTMLFormElement)
const room = element('room', HTMLInputElement)
const name = element('name', HTMLInputElement)
const log = element('log', HTMLElement)
const say = element('say', HTMLFormElement)
const message = element('message', HTMLInputElement)
const leave = element('leave', HTMLButtonElement)

const timeline = new Timeline(log)
/** @type {RoomSocket | undefined} */
let socket
/** Whether the connection was lost since it last stood: what was said meanwhile nobody keeps. */
let isLost = false

/** @type {Readonly<Record<State, string>>} */
const sentences = {
  connecting: 'Connecting…',
  connected: 'Connected',
  waiting: 'Connection lost, trying again…',
  ended: 'The conversation has ended',
}

room.addEventListener('input', checkRoom)
enter.addEventListener('submit', (event) => {
  event.preventDefault()
  join(room.value.trim(), name.value.trim())
})
say.addEventListener('submit', (event) => {
  event.preventDefault()
  if (message.value === '') return
  if (socket?.say(message.value.toWellFormed()) === true) message.value = ''
  else timeline.note('Not connected: the message is kept until you send it again.')
})
leave.addEventListener('click', () => {
  socket?.leave()
  forgetRoom()
  log.hidden = true
  showForm()
  show('idle', 'Not connected')
})
addEventListener('online', () => socket?.reconnect())

const place = readPlace()
room.value = place.room
name.value = place.name ?? ''
// A link names the room; who has no name yet is asked for one first.
if (place.room !== '' && place.name !== null && checkRoom()) join(place.room, place.name)
else (room.value === '' ? room : name).focus()

/**
 * @param {string} roomName
 * @param {string} ownName
 */
function join(roomName, ownName) {
  const where = { room: roomName.toWellFormed(), name: ownName.toWellFormed() }
  keepPlace(where)
  timeline.clear()
  isLost = false
  title.textContent = roomName
  document.title = `${roomName} · Parlance`
  enter.hidden = true
  for (const part of [log, say, leave]) part.hidden = false
  socket = new RoomSocket(where, (frame) => timeline.add(frame), onState)
  message.focus()
}

/** Back to the form. */
function showForm() {
  socket = undefined
  title.textContent = 'Parlance'
  document.title = 'Parlance'
  enter.hidden = false
  for (const part of [say, leave]) part.hidden = true
  room.focus()
}

/** @param {State} now */
function onState(now) {
  show(now, sentences[now])
  if (now === 'ended') showForm()
  if (now === 'waiting') isLost = true
  if (now === 'connected' && isLost) {
    isLost = false
    timeline.note('Connected again. What was said meanwhile is not shown: this room keeps no history.')
  }
}

/**
 * @param {State | 'idle'} now
 * @param {string} text
 */
function show(now, text) {
  state.dataset.state = now
  // Said once: the attempts after a loss are no news.
  if (now !== 'connecting' || !isLost) state.textContent = text
}

/** URLs read `.` and `..` as folders, so they name no room. */
function checkRoom() {
  const isFolder = /^\.\.?$/.test(room.value.trim())
  const isBlank = room.value !== '' && room.value.trim() === ''
  room.setCustomValidity(isFolder || isBlank ? 'This cannot be the name of a room.' : '')
  return room.checkValidity()
}

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
function element(id, kind) {
  const found = document.getElementById(id)
  if (found instanceof kind) return found
  throw new Error(`The page has no ${id}.`)
}
