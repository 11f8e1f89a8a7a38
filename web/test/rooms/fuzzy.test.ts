import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fuzzyMatch } from '../../src/rooms/fuzzy.ts'

/** The rank, and the text with what was meant in brackets. */
function found(search: string, text: string): string | undefined {
  const match = fuzzyMatch(search, text)
  if (match === undefined) return undefined
  const shown = [...text].map((letter, at) => (match.marks.has(at) ? `[${letter}]` : letter)).join('')
  return `${match.rank} ${shown.replaceAll('][', '')}`
}

describe('fuzzyMatch', () => {
  it('ranks the beginning before a word, and a word before its inside', () => {
    assert.equal(found('rel', 'release room'), '0 [rel]ease room')
    assert.equal(found('room', 'release room'), '1 release [room]')
    assert.equal(found('lease', 'release room'), '2 re[lease] room')
    assert.equal(found('ea', 'sea ear'), '1 sea [ea]r')
  })

  it('finds letters that begin words, with what follows them', () => {
    assert.equal(found('rr', 'release-room'), '3 [r]elease-[r]oom')
    assert.equal(found('rero', 'release-room'), '3 [re]lease-[ro]om')
    assert.equal(found('des rev', 'design/review'), '3 [des]ign/[rev]iew')
    assert.equal(found('es', 'release-room'), undefined)
  })

  it('minds neither case nor accents', () => {
    assert.equal(found('ubung', 'Große Übung'), '1 Große [Übung]')
    assert.equal(found('Ü', 'unten'), '0 [u]nten')
    assert.equal(found('ЁЛ', 'елка'), '0 [ел]ка')
  })

  it('counts code points, so that marks never split one', () => {
    assert.equal(found('tea', '🫖 tea'), '1 🫖 [tea]')
  })

  it('finds everything by nothing, and nothing by what is not there', () => {
    assert.equal(found('  ', 'tea'), '0 tea')
    assert.equal(found('cake', 'tea'), undefined)
    assert.equal(found('teapot', 'tea'), undefined)
    assert.equal(found('-', 'tea'), undefined)
  })
})
