import type { SkinTone } from 'frimousse'
import { keptAs } from '../base.ts'

const key = `${keptAs}.skin-tone`
const tones: readonly string[] = ['none', 'light', 'medium-light', 'medium', 'medium-dark', 'dark']

/** The skin tone chosen last. */
export function skinTone(): SkinTone {
  try {
    const kept = localStorage.getItem(key)
    return isTone(kept) ? kept : 'none'
  } catch {
    return 'none'
  }
}

export function keepSkinTone(tone: SkinTone): void {
  try {
    localStorage.setItem(key, tone)
  } catch {
    // A browser that forbids storage forgets it with the picker.
  }
}

function isTone(value: string | null): value is SkinTone {
  return value !== null && tones.includes(value)
}
