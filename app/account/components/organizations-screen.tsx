'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { LiveRegion } from '#components/ui/live-region'
import { createOrganization } from '#lib/ai/api/people/organizations'
import { reloadAccount } from '#lib/ai/api/people/use-account'
import { message } from '#lib/messages/message'
import { EntryField, FormOf, SubmitButton } from '../../people/entry-fields.tsx'
import { Section } from '../../people/section-page.tsx'
import { type Doing, useDoing } from '../../people/use-doing.ts'
import { useEntryForm } from '../../people/use-entry-form.ts'
import { AccountLoaded } from './account-loaded.tsx'
import { OrganizationSection } from './organization-section.tsx'

/** The user's organizations: their members, links into them, and the way out. */
export function OrganizationsScreen() {
  const t = useTranslations('organizations')
  const doing = useDoing()
  const [isCreating, setIsCreating] = useState(false)
  return (
    <AccountLoaded>
      {(user, { organizations }) => (
        <>
          <Section
            id="organizations-heading"
            title={t('title')}
            help={t('help')}
            aside={
              !isCreating && (
                <Button size="small" onClick={() => setIsCreating(true)}>
                  {t('create')}
                </Button>
              )
            }
          >
            {isCreating && <CreateForm doing={doing} onClose={() => setIsCreating(false)} />}
            {organizations.length === 0 && !isCreating && (
              <p className="text-sm text-soft">{t('none')}</p>
            )}
          </Section>
          {organizations.map(({ id, name, role }) => (
            <OrganizationSection
              key={id}
              id={id}
              name={name}
              role={role}
              userId={user.id}
              doing={doing}
            />
          ))}
          <LiveRegion announcement={doing.announcement} />
        </>
      )}
    </AccountLoaded>
  )
}

function CreateForm({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  const t = useTranslations()
  const needed = (value: string) => (value.trim() ? undefined : message('organizations.needName'))
  const form = useEntryForm({ name: needed }, async ({ name }) => {
    await createOrganization(name.trim())
    await reloadAccount()
    doing.tell(message('organizations.created', { name: name.trim() }))
    onClose()
  })
  return (
    <div className="max-w-sm">
      <FormOf form={form}>
        <EntryField
          form={form}
          name="name"
          label={t('organizations.name')}
          autoComplete="organization"
          maxLength={100}
          takesFocus
        />
        <div className="flex flex-wrap gap-2">
          <SubmitButton form={form} variant="outline">
            {t('organizations.create')}
          </SubmitButton>
          <Button variant="quiet" onClick={onClose}>
            {t('account.twoFactor.cancel')}
          </Button>
        </div>
      </FormOf>
    </div>
  )
}
