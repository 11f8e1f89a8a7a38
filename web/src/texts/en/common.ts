import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')

/** Words that many screens share. */
export const common = {
  appName: 'Parlance',
  cancel: 'Cancel',
  close: 'Close',
  back: 'Back',
  save: 'Save',
  delete: 'Delete',
  retry: 'Try again',
  more: 'More',
  loading: 'Loading…',
  notFound: 'Page not found',
  notFoundAbout: 'There is nothing at this address. The link may be mistyped, or too old.',
  toStart: 'Start page',
  copied: 'Copied',
  search: 'Search',
  you: 'you',
  deletedUser: 'Deleted account',
  guest: 'guest',
  noFiles: 'Files can’t be sent yet.',
  noFilesHint: 'A link to them can.',
  unread: (count: number) => plural(count, { one: '# unread message', other: '# unread messages' }),
  mentions: (count: number) => plural(count, { one: '# mention', other: '# mentions' }),
  members: (count: number) => plural(count, { one: '# member', other: '# members' }),
  list: (items: readonly string[]) => new Intl.ListFormat('en').format(items),
}
