/** The way in. */
export const entry = {
  about: 'Team chat on your own server.',
  ways: 'How do you want to come in?',
  guest: 'As a guest',
  logIn: 'Log in',
  signUp: 'Sign up',
  guestAbout: 'A room of that name is opened if there is none yet. Guests talk in open rooms only.',
  logInAbout: 'You stay logged in on this device until you log out.',
  signUpAbout:
    'With an account you have private rooms, direct messages, and everything on all of your devices.',
  yourName: 'Your name',
  name: 'Name',
  nameHint: 'Everyone sees it, and mentions you by it.',
  nameRule: 'A name is made of letters and digits, with dots, dashes and underscores inside.',
  nameOrEmail: 'Name or e-mail address',
  room: 'Room',
  roomHint: 'Whoever knows its name can come in.',
  guestTaken: (other: string) =>
    `Somebody here has this name. Log in if it is yours, or take another: ${other}`,
  roomTaken: 'Guests cannot enter the room of this name. Choose another one, or log in.',
  enter: 'Enter',
  password: 'Password',
  passwordRule: (least: number) => `At least ${least} characters.`,
  showPassword: 'Show the password',
  hidePassword: 'Hide the password',
  email: 'E-mail address (optional)',
  emailHint: 'You can log in with it. Nobody else sees it.',
  ended: 'You are logged out. Log in again to go on.',
  wanted: 'Log in or sign up to open this link.',
  refused: 'The server has closed the connection.',
  /** By the code with which the server closed (PROTOCOL.md, close codes). */
  refusedBy: {
    4500: 'This page is older than the server, or the other way round. Reload it.',
    4503: 'You are banned from this server.',
    4504: 'You have too many connections at once. Close other tabs or devices and try again.',
  },
  guestKeeps:
    'Once you log out, nobody can come back as this guest. Your messages stay. A guest cannot become an account: for one, log out, sign up (with this name, if no account has it) and join your rooms again.',
  invitedTo: (name: string, room: string) => `${name} invites you to ${room}`,
  needsAccount: 'This room needs an account: guests cannot join it. Sign up, or log in if you have one.',
}
