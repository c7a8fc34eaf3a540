'use client'

import { Menu } from '@base-ui/react/menu'
import { CheckIcon } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import type { ReactNode, RefObject } from 'react'
import { leaveTo, useBackCloses } from '#components/ui/overlay/back-closes.ts'
import { toggleTheme } from '#components/ui/theme'
import { workAs } from '#lib/ai/api/people/organizations'
import { signOut } from '#lib/ai/api/people/sign-in'
import type { AccountView } from '#lib/contract/people/account'
import { localeNames } from '#lib/messages/locales'
import { reportFailure } from '../hooks/report-failure.ts'
import { useLanguageSwitch } from '../language/language-switch.tsx'
import { leaveWorkFor, signInFor } from './return-to.ts'

interface AccountMenuProps {
  label: string
  /** Undefined where there is nothing to sign in to. */
  account: AccountView | undefined
  /** The page that is open. */
  path: string
  anchor: RefObject<HTMLElement | null>
  isOpen: boolean
  onClose: () => void
}

/** The account, whose work one does, and the way out; on phones also what the header has no room for. */
export function AccountMenu({ label, account, path, anchor, isOpen, onClose }: AccountMenuProps) {
  const t = useTranslations('menu')
  useBackCloses(isOpen, onClose)
  const user = account?.user
  return (
    <Menu.Root open={isOpen} onOpenChange={(open) => !open && onClose()} modal={false}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} align="end" sideOffset={8} className="z-60">
          <Menu.Popup
            aria-label={label}
            aria-labelledby={undefined}
            finalFocus={anchor}
            className="max-h-(--available-height) w-64 max-w-[calc(100vw-2rem)] overflow-y-auto rounded-lg border border-hairline bg-raised p-1 shadow-[0_1rem_3rem_-1rem_var(--color-veil)] outline-none"
          >
            {account && user && (
              <>
                <div className="px-3 py-2 text-sm">
                  <p dir="auto" className="font-medium">
                    {user.name}
                  </p>
                  <p dir="auto" className="text-soft">
                    {user.email}
                  </p>
                </div>
                <OrganizationSwitch account={account} />
                <Line />
                <GoItem href="/account">{t('account')}</GoItem>
                {user.role !== 'user' && <GoItem href="/admin">{t('admin')}</GoItem>}
              </>
            )}
            {account && !user && <GoItem href={signInFor(path)}>{t('signIn')}</GoItem>}
            <PhoneItems hasLine={account !== undefined} />
            {user && (
              <>
                <Line />
                <Item onSelect={() => void reportFailure(signOut().then(toStudio), () => {})}>
                  {t('signOut')}
                </Item>
              </>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

const studio = '/tools/video-generator'
const toStudio = () => leaveWorkFor(studio)

/** Whose videos, balance and keys are worked with: one's own, or an organization's. */
function OrganizationSwitch({ account: { active, organizations } }: { account: AccountView }) {
  const t = useTranslations('menu')
  if (organizations.length === 0) return null
  const change = (chosen: string) =>
    void reportFailure(workAs(chosen || null).then(toStudio), () => {})
  return (
    <>
      <Line />
      <Menu.RadioGroup
        value={active.kind === 'user' ? '' : (active.id ?? '')}
        onValueChange={change}
      >
        <Menu.GroupLabel className="px-3 pt-1.5 pb-1 text-tiny text-soft">
          {t('actsFor')}
        </Menu.GroupLabel>
        {[{ id: '', name: t('personal') }, ...organizations].map(({ id, name }) => (
          <Menu.RadioItem key={id} value={id} className={itemStyle}>
            <span dir="auto" className="min-w-0">
              {name}
            </span>
            <Menu.RadioItemIndicator>
              <CheckIcon aria-hidden="true" className="size-4 text-signal-ink" />
            </Menu.RadioItemIndicator>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}

/** Pages, language and theme that the header has no room for. */
function PhoneItems({ hasLine }: { hasLine: boolean }) {
  const t = useTranslations()
  const { other, choose } = useLanguageSwitch(useLocale())
  return (
    <div className="sm:hidden">
      {hasLine && <Line />}
      <GoItem href="/status">{t('header.status')}</GoItem>
      <GoItem href="/settings">{t('header.settings')}</GoItem>
      <Line />
      <Item onSelect={choose}>
        <span lang={other}>{localeNames[other]}</span>
      </Item>
      <Item onSelect={toggleTheme}>{t('menu.theme')}</Item>
    </div>
  )
}

function GoItem({ href, children }: { href: string; children: string }) {
  const router = useRouter()
  return <Item onSelect={() => leaveTo(href, router)}>{children}</Item>
}

function Item({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <Menu.Item onClick={onSelect} className={itemStyle}>
      {children}
    </Menu.Item>
  )
}

function Line() {
  return <Menu.Separator className="my-1 h-px bg-hairline" />
}

const itemStyle =
  'flex min-h-9 cursor-pointer items-center justify-between gap-4 rounded-sm px-3 text-sm outline-none data-highlighted:bg-ink/8 touch:min-h-11'
