'use client'

import { clsx } from 'clsx'
import { Component, type ReactNode } from 'react'
import { Button } from './button.tsx'

interface CardBoundaryProps {
  /** What it shows, after "Something went wrong with this": `card`, `message`. */
  what: string
  className?: string
  children: ReactNode
}

/** Keeps a failure to draw one part of the page to that part: the rest of the page goes on. */
export class CardBoundary extends Component<CardBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  /** Tells the window, which offers a reload where the cause is a part of an older build. */
  override componentDidCatch(error: unknown) {
    reportError(error)
  }

  override render() {
    const { what, className, children } = this.props
    if (!this.state.hasFailed) return children
    return (
      <div role="alert" className={clsx('border-l-2 border-signal py-1 pl-4 text-sm', className)}>
        <p>{`Something went wrong with this ${what}.`}</p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button size="small" onClick={() => this.setState({ hasFailed: false })}>
            Show it again
          </Button>
          <Button size="small" variant="quiet" onClick={() => location.reload()}>
            Reload
          </Button>
        </div>
      </div>
    )
  }
}
