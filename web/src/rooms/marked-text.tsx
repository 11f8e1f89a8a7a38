import styles from './marked-text.module.css'

interface MarkedTextProps {
  readonly text: string
  /** Which of its code points stand out. */
  readonly marks: ReadonlySet<number>
}

/** A text in which that stands out which was searched for. */
export function MarkedText({ text, marks }: MarkedTextProps) {
  if (marks.size === 0) return text
  return piecesOf(text, marks).map(({ at, letters, isMarked }) =>
    isMarked ? (
      <mark key={at} className={styles.mark}>
        {letters}
      </mark>
    ) : (
      letters
    ),
  )
}

interface Piece {
  readonly at: number
  letters: string
  readonly isMarked: boolean
}

function piecesOf(text: string, marks: ReadonlySet<number>): readonly Piece[] {
  const pieces: Piece[] = []
  for (const [at, letter] of [...text].entries()) {
    const last = pieces.at(-1)
    if (last?.isMarked === marks.has(at)) last.letters += letter
    else pieces.push({ at, letters: letter, isMarked: marks.has(at) })
  }
  return pieces
}
