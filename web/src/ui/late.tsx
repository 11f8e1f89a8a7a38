import { type ComponentType, createContext, use, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { HeldKeys } from './held-keys.ts'

/** What a window still waits for before it can take keys. */
interface Waits {
  count: number
}

const WaitsContext = createContext<Waits | undefined>(undefined)

/** While true, the window around takes no keys yet: they are held, and given to it afterwards. */
export function useNotReady(isNotReady: boolean): void {
  const waits = use(WaitsContext)
  useLayoutEffect(() => {
    if (waits === undefined || !isNotReady) return
    waits.count += 1
    return () => {
      waits.count -= 1
    }
  }, [waits, isNotReady])
}

/** What comes late and has not come yet. */
const toCome = new Set<() => Promise<unknown>>()

/** Has something loaded, too, when the browser has nothing else to do. */
export function loadLater(load: () => Promise<unknown>): void {
  toCome.add(load)
}

/** Loads all that comes late, one after the other, when the browser has nothing else to do. */
export function loadWhenIdle(): () => void {
  let isWanted = true
  const next = async () => {
    const [load] = toCome
    if (load === undefined || !isWanted) return
    toCome.delete(load)
    // What fails is loaded once more where it is needed, and says so there.
    await load().catch(() => {})
    whenIdle(next)
  }
  whenIdle(next)
  return () => {
    isWanted = false
  }
}

function whenIdle(act: () => Promise<void>): void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(() => void act(), { timeout: 2_000 })
  else setTimeout(() => void act(), 200)
}

/**
 * A part of the app whose code comes late: when it is first shown, or when the browser is idle. Unlike `lazy` it is drawn at
 * once where the code is there, and never kept back for a fallback that has just been shown. `Waiting` is shown until then.
 */
export function late<P extends object>(
  load: () => Promise<ComponentType<P>>,
  Waiting?: ComponentType<P>,
): ComponentType<P> {
  let loaded: ComponentType<P> | undefined
  const fetch = async () => {
    loaded ??= await load()
    toCome.delete(fetch)
    return loaded
  }
  toCome.add(fetch)
  return function Late(props: P) {
    const [Part, setPart] = useState(() => loaded)
    const [failure, setFailure] = useState<{ readonly error: unknown }>()
    useNotReady(Part === undefined)
    useEffect(() => {
      if (Part !== undefined) return
      let isWanted = true
      fetch().then(
        (part) => isWanted && setPart(() => part),
        (error: unknown) => isWanted && setFailure({ error }),
      )
      return () => {
        isWanted = false
      }
    }, [Part])
    if (failure !== undefined) throw failure.error
    if (Part === undefined) return Waiting && <Waiting {...props} />
    return <Part {...props} />
  }
}

/** What tells of a window whether it is open, and closes it. */
interface WindowProps {
  /** Where it is left out, it is open for as long as it is there. */
  readonly isOpen?: boolean
  readonly onClose?: () => void
  readonly onOpenChange?: (isOpen: boolean) => void
}

/**
 * A window, menu or picker whose code comes late. From the press that opens it until it has the focus it holds the keys
 * (`HeldKeys`): what is typed right after is meant for it.
 */
export function lateWindow<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return holding(late(load), { places: windows, graceFrames: 60 })
}

/** A screen whose code comes late: it holds the keys until it is there, and gives them to the field where it begins. */
export function lateScreen<P extends object>(
  load: () => Promise<ComponentType<P>>,
  Waiting?: ComponentType<P>,
): ComponentType<P> {
  return holding(late(load, Waiting), { places: fields, graceFrames: 3 })
}

const windows = '[role=dialog], [role=alertdialog], [role=menu]'
const fields = 'main :is(input, textarea)'

interface Place {
  /** What takes the keys, once it is there and has the focus within. */
  readonly places: string
  readonly graceFrames: number
}

function holding<P extends object>(Late: ComponentType<P>, place: Place): ComponentType<P> {
  return function Holding(props: P) {
    const [waits] = useState<Waits>(() => ({ count: 0 }))
    return (
      <WaitsContext value={waits}>
        {/* Before what comes: what has the focus now had it before. */}
        <KeyHold {...(props as WindowProps)} waits={waits} place={place} />
        <Late {...props} />
      </WaitsContext>
    )
  }
}

interface KeyHoldProps extends WindowProps {
  readonly waits: Waits
  readonly place: Place
}

function KeyHold({ isOpen = true, onClose, onOpenChange, waits, place }: KeyHoldProps) {
  const cancel = useRef<() => void>(undefined)
  cancel.current = onClose ?? (onOpenChange && (() => onOpenChange(false)))
  useLayoutEffect(() => {
    if (!isOpen) return
    const { places, graceFrames } = place
    // What was there before is not what was opened; but what is just closing may be opened again.
    const before = new Set(document.querySelectorAll(places))
    for (const closing of document.querySelectorAll('[data-ending-style]')) before.delete(closing)
    const isLoaded = () => waits.count === 0
    const held = new HeldKeys({
      isReady: () => {
        const now = document.activeElement?.closest(places)
        return now != null && !before.has(now) && isLoaded()
      },
      isLoaded,
      graceFrames,
      cancel: () => cancel.current?.(),
    })
    return () => held[Symbol.dispose]()
  }, [isOpen, waits, place])
  return null
}
