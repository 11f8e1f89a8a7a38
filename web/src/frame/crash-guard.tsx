import { Component, type ContextType, type ReactNode } from 'react'
import { TextsContext } from '../texts/texts.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'

interface CrashGuardProps {
  /** Another place is another try. */
  readonly place: string
  readonly children: ReactNode
}

/** A part of the app that fails takes no more with it than this, and says so. */
export class CrashGuard extends Component<CrashGuardProps, { readonly hasCrashed: boolean }> {
  static override contextType = TextsContext
  declare context: ContextType<typeof TextsContext>
  override state = { hasCrashed: false }

  static getDerivedStateFromError() {
    return { hasCrashed: true }
  }

  override componentDidUpdate({ place }: CrashGuardProps) {
    if (this.state.hasCrashed && place !== this.props.place) this.setState({ hasCrashed: false })
  }

  override render() {
    if (!this.state.hasCrashed) return this.props.children
    const { offline } = this.context.texts
    return (
      <Empty title={offline.crashed}>
        <Button onClick={() => location.reload()}>{offline.reload}</Button>
      </Empty>
    )
  }
}
