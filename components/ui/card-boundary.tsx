'use client'

import { useTranslations } from 'next-intl'
import { clsx } from 'clsx'
import { Component, type ReactNode } from 'react'
import { Button } from './button.tsx'

interface CardBoundaryProps {
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
    const { className, children } = this.props
    if (!this.state.hasFailed) return children
    return <Failure className={className} onRetry={() => this.setState({ hasFailed: false })} />
  }
}

function Failure({ className, onRetry }: { className: string | undefined; onRetry: () => void }) {
  const t = useTranslations('ui')
  return (
    <div role="alert" className={clsx('border-l-2 border-signal py-1 pl-4 text-sm', className)}>
      <p>{t('somethingWrong')}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="small" onClick={onRetry}>
          {t('showAgain')}
        </Button>
        <Button size="small" variant="quiet" onClick={() => location.reload()}>
          {t('reload')}
        </Button>
      </div>
    </div>
  )
}
