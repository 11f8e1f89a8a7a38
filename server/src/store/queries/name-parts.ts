import { partKey } from '@parlance/protocol/name-parts'
import type { PartRank } from '@parlance/protocol/search-key'
import { type Kysely, sql as raw } from 'kysely'
import type { FoundKind } from '../drafts/name-parts.ts'
import type { Tables } from '../schema.ts'

/** Where in the order of what a search finds something stands: by rank, then by part, then by id. */
export interface FoundPlace {
  readonly rank: PartRank
  readonly part: string
  readonly id: number
}

const ranks = [1, 2, 3] as const
const first: FoundPlace = { rank: 1, part: '', id: 0 }

/**
 * What a search finds, the best first and each once, by the index `name_parts_found`: one range of it for each rank,
 * read no further than the limit. `find` adds to the query of a range what is asked of the rows, and runs it.
 */
export async function foundRows<R>(
  search: string,
  limit: number,
  find: (range: FoundRange, limit: number) => Promise<readonly R[]>,
  after = first,
): Promise<readonly R[]> {
  const key = partKey(search)
  if (key === '') return []
  const rows: R[] = []
  for (const rank of ranks) {
    if (rank < after.rank || rows.length >= limit) continue
    const range = { key, rank, after: rank === after.rank ? after : first }
    rows.push(...(await find(range, limit - rows.length)))
  }
  return rows
}

export interface FoundRange {
  readonly key: string
  readonly rank: PartRank
  /** The last one that is left out. */
  readonly after: Pick<FoundPlace, 'part' | 'id'>
}

/** The parts of this rank that begin so, in order; of each account or room only its best. */
export function partsIn(db: Kysely<Tables>, kind: FoundKind, { key, rank, after }: FoundRange) {
  return db
    .selectFrom('name_parts as found')
    .where('found.kind', '=', raw.lit(kind))
    .where('found.rank', '=', rank)
    .where('found.part', '>=', after.part === '' ? key : after.part)
    .where('found.part', '<', endOf(key))
    .where(({ eb, or }) => or([eb('found.part', '>', after.part), eb('found.id', '>', after.id)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('name_parts as better')
            .select('better.id')
            .where('better.kind', '=', raw.lit(kind))
            .whereRef('better.id', '=', 'found.id')
            .where('better.part', '>=', key)
            .where('better.part', '<', endOf(key))
            // Ranks have one digit. As one text, which no index offers itself for: that of the id is the narrow one.
            .where(raw<boolean>`better.rank || better.part < found.rank || found.part`),
        ),
      ),
    )
    .orderBy('found.part')
    .orderBy('found.id')
}

/** Where one of the found stands; undefined where it is not found. */
export async function placeOf(
  db: Kysely<Tables>,
  kind: FoundKind,
  search: string,
  id: number,
): Promise<FoundPlace | undefined> {
  const key = partKey(search)
  return db
    .selectFrom('name_parts')
    .select(['rank', 'part', 'id'])
    .where('kind', '=', kind)
    .where('id', '=', id)
    .where('part', '>=', key)
    .where('part', '<', endOf(key))
    .orderBy('rank')
    .orderBy('part')
    .limit(1)
    .executeTakeFirst()
}

/** Behind everything that begins so; no pattern, so no character of a search is special. */
function endOf(key: string): string {
  return `${key}\u{10FFFF}`
}
