// Packages of hundreds of files, which each start and each database thread would read one by one: prepare.js makes one
// file of each, and load-whole.js puts it in the place of the many. Plain JavaScript, since prepare.js is.

/** What is imported, and the name of the file that is made of it. Parts that two of them have stay one. */
export const wholePackages = /** @type {const} */ ({
  kysely: 'kysely',
  typebox: 'typebox',
  'typebox/compile': 'typebox-compile',
})

export const wholeFolder = new URL('../node_modules/.cache/packages/', import.meta.url)
