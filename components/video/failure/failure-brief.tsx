'use client'

import { EllipsisIcon } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { copyText } from '#components/ui/copy-text.ts'
import { formatUsd } from '#components/ui/format.ts'
import { leaveBy } from '#components/ui/overlay/back-closes.ts'
import type { MenuItem } from '#components/ui/overlay/menu'
import { MenuButton } from '#components/ui/overlay/menu-button'
import { RetryButton } from '../actions/retry-button.tsx'
import { wasTaken } from './attempt-label.ts'
import { billingPath, failureDetails } from './failure-help.ts'
import type { FailureNoticeProps } from './failure-notice.tsx'

/** What to do after a failure, as one button and a menu. */
export function FailureBrief(props: FailureNoticeProps) {
  const { view, price, onRetry } = props
  const router = useRouter()
  const goTo = (path: string) => leaveBy(() => router.push(path))
  return (
    <>
      <RetryButton price={price} isQuiet onClick={() => onRetry(view.id)} />
      <MenuButton label="More ways on" items={waysOn(props, goTo)}>
        <EllipsisIcon />
      </MenuButton>
    </>
  )
}

function waysOn(
  { view, offers = [], onRetryWith, onCheck }: FailureNoticeProps,
  goTo: (path: string) => void,
): MenuItem[] {
  const billing = billingPath(view)
  const details = failureDetails(view)
  return [
    ...offers.map(({ id, label, usd }) => ({
      label: `Retry with ${label}`,
      aside: formatUsd(usd),
      onSelect: () => onRetryWith?.(view.id, id),
    })),
    ...(wasTaken(view)
      ? [{ label: 'Ask the provider again', onSelect: () => void onCheck(view.id) }]
      : []),
    ...(billing ? [{ label: 'Providers and billing', onSelect: () => goTo(billing) }] : []),
    { label: 'Copy details', onSelect: () => void copyText(details) },
  ]
}
