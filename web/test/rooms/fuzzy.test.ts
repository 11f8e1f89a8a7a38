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
  it('ranks the whole before the beginning, that before a word, and a word before its inside', () => {
    assert.equal(found('release room', 'Release Room'), '0 [Release Room]')
    assert.equal(found('rel', 'release room'), '1 [rel]ease room')
    assert.equal(found('room', 'release room'), '2 release [room]')
    assert.equal(found('lease', 'release room'), '3 re[lease] room')
    assert.equal(found('ea', 'sea ear'), '2 sea [ea]r')
  })

  it('finds letters that begin words, with what follows them', () => {
    assert.equal(found('rr', 'release-room'), '4 [r]elease-[r]oom')
    assert.equal(found('rero', 'release-room'), '4 [re]lease-[ro]om')
    assert.equal(found('des rev', 'design/review'), '4 [des]ign/[rev]iew')
    assert.equal(found('es', 'release-room'), undefined)
  })

  it('minds neither case nor accents', () => {
    assert.equal(found('ubung', 'Große Übung'), '2 Große [Übung]')
    assert.equal(found('Ü', 'unten'), '1 [u]nten')
    assert.equal(found('ЁЛ', 'елка'), '1 [ел]ка')
  })

  it('marks the characters that were meant, though there are more or fewer of them in the key', () => {
    assert.equal(found('strasse 1', 'Hauptstraße 1'), '3 Haupt[straße 1]')
    assert.equal(found('zoe', 'Zoe\u0308!'), '1 [Zoe\u0308]!')
    assert.equal(found('se', 'Haupt-Straße'), '3 Haupt-Stra[ße]')
    assert.equal(found('üs', 'Große Übung-Straße'), '4 Große [Ü]bung-[S]traße')
  })

  it('counts code points, so that marks never split one', () => {
    assert.equal(found('tea', '🫖 tea'), '2 🫖 [tea]')
  })

  it('finds everything by nothing, and nothing by what is not there', () => {
    assert.equal(found('  ', 'tea'), '1 tea')
    assert.equal(found('\u0308', 'tea'), '1 tea')
    assert.equal(found('cake', 'tea'), undefined)
    assert.equal(found('teapot', 'tea'), undefined)
    assert.equal(found('-', 'tea'), undefined)
  })
})
