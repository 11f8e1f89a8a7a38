import type { Seq } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import {
  lazy,
  type ReactElement,
  Suspense,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { useAccount, useClientSnapshot } from '../chat/client.ts'
import { useRoomUi } from '../rooms/room-ui.ts'
import { useLanguage, useTexts } from '../texts/texts.ts'
import { classNames } from '../ui/class-names.ts'
import { useToasts } from '../ui/toasts.ts'
import { Beginning } from './beginning.tsx'
import { DayButton } from './day-button.tsx'
import { datesOf } from './days.ts'
import { type Edges, edgesAt } from './edges.ts'
import { LatestButton } from './latest-button.tsx'
import { LogRow } from './log-row.tsx'
import styles from './message-log.module.css'
import { PageEdge } from './page-edge.tsx'
import { PendingRow } from './pending-row.tsx'
import { firstUnread, lastSeen, pendingGrouped, shapeOf } from './rows.ts'
import { useAnchor } from './use-anchor.ts'
import { useCopying } from './use-copying.ts'
import { useEndKeys } from './use-end-keys.ts'
import { begin, type Goal, useGoal } from './use-goal.ts'
import { useHighlight } from './use-highlight.ts'
import { useKeptPlace } from './use-kept-place.ts'
import { useNewLine } from './use-new-line.ts'
import { usePlace } from './use-place.ts'
import { useReach } from './use-reach.ts'
import { useReadMarking } from './use-read-marking.ts'
import { useRoomPart } from './use-room-part.ts'
import { useRovingFocus } from './use-roving-focus.ts'
import { useToday } from './use-today.ts'
import type { View } from './view.ts'

const UnreadBar = lazy(async () => ({ default: (await import('./unread-bar.tsx')).UnreadBar }))

interface MessageLogProps {
  readonly room: Room
  readonly view: View
  readonly at: Seq | undefined
  readonly isAttended: boolean
}

/** Pages are read before their edge is seen: at so many pages of what is seen. */
const readAhead = 3
/** By then the browser has drawn what has come. */
const drawnMs = 250
/** How many messages a page has: a fast hand on the wheel waits less often for large ones. */
const pageSize = 100

/** The messages of a room as a list of which only what is seen is drawn. */
export function MessageLog({ room, view, at, isAttended }: MessageLogProps) {
  const { timeline, generation, isShift, withheld } = view
  const { messages, hasOlder, hasNewer, isLoading, error } = timeline
  const { timeline: texts } = useTexts()
  const language = useLanguage()
  const me = useAccount().id
  const today = useToday()
  const { say } = useToasts()
  const { focusComposer } = useRoomUi()
  const list = useRef<VirtualizerHandle>(null)
  const scroller = useRef<HTMLDivElement>(null)

  const { unread, peer, read } = useRoomPart(room, 'summary')
  const reads = useRoomPart(room, 'reads')
  const onTheirWay = useRoomPart(room, 'pending')
  const pending = hasNewer || withheld > 0 ? [] : onTheirWay
  const count = messages.length - withheld + pending.length

  const isConnected = useClientSnapshot().connection.kind === 'open'
  const { line, clear: clearLine, isFresh } = useNewLine(room, isAttended, isConnected)
  const isLineHere = line !== null && (!hasOlder || (messages.at(0)?.seq ?? 0) <= line.after)
  const firstNew = useMemo(
    () => (line !== null && isLineHere ? firstUnread(messages, line.after, me) : -1),
    [messages, line, isLineHere, me],
  )
  const linePlace = line === null ? 'none' : !isLineHere ? 'before' : firstNew < 0 ? 'none' : firstNew
  const peerRead = peer?.id == null ? undefined : reads.get(peer.id)
  const lastRead = useMemo(
    () => (peerRead === undefined ? undefined : lastSeen(messages, peerRead, me)),
    [messages, peerRead, me],
  )

  const grouped = pendingGrouped(messages, pending, me, firstNew)

  const place = usePlace(list, scroller, count, !hasNewer)
  const anchor = useAnchor(list, scroller, count, isShift)
  const [highlighted, highlight] = useHighlight()
  const toEnd = useRef<(end: 'oldest' | 'newest') => boolean>(() => false)
  const roving = useRovingFocus(room, messages, list, scroller, (end) => toEnd.current(end))
  const { back, keep: keepPlace } = useKeptPlace(room.id, list, messages)
  const onCopy = useCopying(scroller, messages)
  const markSeen = useReadMarking(room, view, isAttended && isFresh)
  /** On the arrival at it the message takes the focus. */
  const takesFocus = useRef<Goal>(undefined)

  const lookedLatest = useRef(() => {})
  const rested = () => lookedLatest.current()
  const { reach, letGo, isTouched, isMoving, moving } = useReach({
    list,
    scroller,
    messages,
    count,
    me,
    place,
    rested,
  })
  const arrive = (goal: Goal) => {
    const message = reach(goal)
    if (takesFocus.current === goal) {
      takesFocus.current = undefined
      const to = message ?? messages.at(-1)
      if (to !== undefined) roving.focus(to.seq)
    }
    if (message === undefined || goal.kind === 'end') return
    if (goal.reason !== 'link') return
    highlight(message.seq)
    if (message.seq !== goal.seq) say(texts.missing)
  }
  const { goal, aim, isSettled } = useGoal(
    room,
    view,
    () => back ?? firstGoal(at, unread, read),
    isFresh,
    arrive,
  )
  // Where somebody wants to go, the list stays, whatever the server tells later.
  const go = useCallback(
    (next: Goal) => {
      letGo()
      aim(next)
    },
    [aim, letGo],
  )

  const goFocused = useCallback(
    (next: Goal) => {
      takesFocus.current = next
      go(next)
    },
    [go],
  )
  useLayoutEffect(() => {
    toEnd.current = (end) => {
      if (!(end === 'oldest' ? hasOlder : hasNewer)) return false
      goFocused(end === 'oldest' ? begin : { kind: 'end' })
      return true
    }
  })
  useEndKeys(scroller)

  // What was kept over a reload shows at once; what the server knows of it says where it opens.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the server has told
  useLayoutEffect(() => {
    if (isFresh && at === undefined && !isTouched()) aim(back ?? firstGoal(at, unread, read))
  }, [isFresh])

  // A link may lead to another message of the room that is open.
  const shownAt = useRef(at)
  useEffect(() => {
    if (at !== undefined && at !== shownAt.current) go({ kind: 'message', seq: at, reason: 'link' })
    shownAt.current = at
  }, [at, go])

  const [edges, setEdges] = useState<Edges>({ isEndSeen: true, isLineAbove: false, isLineSeen: false })
  const looked = () => {
    moving()
    const seen = place.look()
    if (seen === undefined || goal !== null) return
    setEdges((before) => edgesAt(before, seen, messages, hasNewer, linePlace))
    markSeen(seen.last)
    keepPlace(seen, !hasNewer && seen.isAtEnd)
    if (isLoading || error !== null || isMoving()) return
    // How it goes is in the snapshot.
    if (hasOlder && seen.above < readAhead) room.loadOlder(pageSize).catch(() => {})
    else if (hasNewer && seen.below < readAhead) room.loadNewer(pageSize).catch(() => {})
  }
  useLayoutEffect(() => {
    lookedLatest.current = looked
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever of these changes, something else may be seen
  useEffect(() => {
    lookedLatest.current()
    // A scroll past what is drawn as yet stops short: once all is drawn it is put right.
    const timer = setTimeout(() => lookedLatest.current(), drawnMs)
    return () => clearTimeout(timer)
  }, [view, goal, isAttended, firstNew])

  // One's own message is shown, wherever one was.
  const sent = onTheirWay.at(-1)?.nonce
  const sentBefore = useRef(sent)
  useLayoutEffect(() => {
    if (sent !== undefined && sent !== sentBefore.current) go({ kind: 'end' })
    sentBefore.current = sent
  }, [sent, go])

  const onJump = useCallback(
    (seq: Seq) => {
      const hasFocus = scroller.current?.contains(document.activeElement) === true
      const to: Goal = { kind: 'message', seq, reason: 'link' }
      if (hasFocus) goFocused(to)
      else go(to)
    },
    [go, goFocused],
  )
  const jumpToDay = async (day: Date) => {
    const seq = await room.jumpToDate(day)
    if (seq === undefined) say(texts.noneSince)
    go(seq === undefined ? { kind: 'end' } : { kind: 'message', seq, reason: 'date' })
  }
  const retry = (page: 'loadOlder' | 'loadNewer') => () => void room[page](pageSize).catch(() => {})

  const row = (index: number): ReactElement => {
    const message = messages.at(index)
    const waiting = pending[index - messages.length]
    const isOwn = message?.author.id === me
    return (
      // A message keeps the key that it had on its way.
      <div key={(isOwn ? message.nonce : waiting?.nonce) ?? message?.id}>
        {index === 0 &&
          (hasOlder ? <PageEdge error={error} onRetry={retry('loadOlder')} /> : <Beginning room={room} />)}
        {message !== undefined && (
          <LogRow
            room={room}
            message={message}
            shape={shapeOf(messages, index, firstNew)}
            today={today}
            isHighlighted={highlighted === message.seq}
            isCurrent={index === roving.current}
            isSeen={message.id === lastRead}
            onJump={onJump}
            onDay={jumpToDay}
          />
        )}
        {waiting !== undefined && (
          <PendingRow room={room} pending={waiting} isGrouped={grouped[index - messages.length] === true} />
        )}
        {hasNewer && index === count - 1 && <PageEdge error={error} onRetry={retry('loadNewer')} />}
      </div>
    )
  }

  const isBarShown = edges.isLineAbove && line !== null && (!edges.isLineSeen || unread > 0)
  const since = messages.at(firstNew)?.at
  return (
    <div className={styles.frame}>
      {isBarShown && (
        <Suspense>
          <UnreadBar
            count={Math.max(line.count, unread)}
            since={firstNew < 0 || since === undefined ? undefined : datesOf(language).since(since, today)}
            onJump={() => goFocused({ kind: 'message', seq: line.after, reason: 'unread' })}
            onMarkRead={() => {
              room.markRead()
              clearLine()
              focusComposer()
            }}
          />
        </Suspense>
      )}
      {isSettled && !isBarShown && edges.day !== undefined && (
        <div className={styles.day}>
          <DayButton room={room} at={edges.day} today={today} onJump={jumpToDay} />
        </div>
      )}
      <div
        ref={scroller}
        role="log"
        aria-label={texts.log}
        // The announcer reads out what is new: rows come and go with every scroll.
        aria-live="off"
        aria-busy={!isSettled}
        // What scrolls has to be within reach of the keyboard.
        tabIndex={roving.current < 0 ? 0 : -1}
        className={classNames(styles.log, !isSettled && styles.hidden)}
        onFocus={roving.onFocus}
        onCopy={onCopy}
        onKeyDown={(event) => {
          letGo()
          place.moved()
          roving.onKeyDown(event)
        }}
        onPointerDown={() => {
          letGo()
          place.moved()
        }}
        onWheel={({ deltaY }) => {
          letGo()
          if (deltaY < 0) place.moved()
        }}
        onTouchMove={() => {
          letGo()
          place.moved()
        }}
      >
        <div className={styles.spacer} />
        <Virtualizer
          key={generation}
          ref={list}
          data={{ length: count }}
          shift={isShift}
          bufferSize={400}
          keepMounted={roving.current < 0 ? [] : [roving.current]}
          onScroll={() => {
            anchor.scrolled()
            looked()
          }}
          onScrollEnd={anchor.rested}
          onResize={() => {
            anchor.resized(goal !== null || isMoving() || place.isFollowing())
            looked()
          }}
        >
          {(_, index) => row(index)}
        </Virtualizer>
      </div>
      {isSettled && !edges.isEndSeen && (
        <LatestButton
          unread={unread}
          onClick={() => {
            go({ kind: 'end' })
            focusComposer()
          }}
        />
      )}
    </div>
  )
}

/** Where a room opens: at the message of a link, else at the first unread one, else at the end. */
function firstGoal(at: Seq | undefined, unread: number, read: Seq): Goal {
  if (at !== undefined) return { kind: 'message', seq: at, reason: 'link' }
  return unread > 0 ? { kind: 'message', seq: read, reason: 'unread' } : { kind: 'end' }
}
