'use client'

import { useTranslations } from 'next-intl'
import { Dialog } from '#components/ui/overlay/dialog'
import { type CommandId, commandIds, keysOf, shownKeys } from '../commands/keys.ts'

interface HelpProps {
  isMac: boolean
  isOpen: boolean
  onClose: () => void
}

/** What the keys and the pointer do. */
export function Help({ isMac, isOpen, onClose }: HelpProps) {
  const t = useTranslations('canvas')
  const withKeys = commandIds.filter((id) => keysOf[id])
  const tips = ['add', 'connect', 'choose', 'move', 'pan', 'context'] as const
  return (
    <Dialog title={t('help.title')} isOpen={isOpen} onClose={onClose}>
      <ul className="mb-8 grid gap-2 text-sm sm:grid-cols-2">
        {tips.map((tip) => (
          <li key={tip}>{t(`help.${tip}`)}</li>
        ))}
      </ul>
      <dl className="grid gap-x-10 text-sm sm:grid-cols-2">
        {withKeys.map((id) => (
          <KeyRow key={id} id={id} isMac={isMac} />
        ))}
      </dl>
    </Dialog>
  )
}

function KeyRow({ id, isMac }: { id: CommandId; isMac: boolean }) {
  const t = useTranslations('canvas')
  return (
    <div className="flex justify-between gap-4 border-b border-hairline py-2">
      <dt>{t(`do.${id}`)}</dt>
      <dd>
        <kbd className="font-sans text-soft">{shownKeys(id, isMac)}</kbd>
      </dd>
    </div>
  )
}
