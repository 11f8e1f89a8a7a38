/** The version of the native protocol; a test pins the hash of all schemas to it. */
export const PROTOCOL_VERSION = 1
/** The WebSocket subprotocol of `/v1/socket`. */
export const SUBPROTOCOL = 'parlance.v1'
