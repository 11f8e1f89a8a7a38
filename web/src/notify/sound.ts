/** Two soft tones, made here: no file, no request. */
const tones = [
  { hertz: 660, afterSeconds: 0 },
  { hertz: 880, afterSeconds: 0.09 },
]
const loudness = 0.06
const lengthSeconds = 0.22

let context: AudioContext | undefined

/** Plays the sound of a notification. Browsers stay silent until a person has touched the page. */
export function playSound(): void {
  context ??= new AudioContext()
  for (const { hertz, afterSeconds } of tones) {
    const at = context.currentTime + afterSeconds
    const tone = new OscillatorNode(context, { frequency: hertz })
    const gain = new GainNode(context, { gain: loudness })
    gain.gain.setValueAtTime(loudness, at)
    gain.gain.exponentialRampToValueAtTime(0.000_1, at + lengthSeconds)
    tone.connect(gain).connect(context.destination)
    tone.start(at)
    tone.stop(at + lengthSeconds)
  }
}
