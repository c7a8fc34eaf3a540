'use client'

import { useEffect, useEffectEvent } from 'react'
import type { ComposerForm } from '../use-composer-form.ts'
import type { Pictures } from './use-pictures.ts'

/** Takes what was shared to the installed app, once the models are there. */
export function useSharedPicture(form: ComposerForm, pictures: Pictures) {
  const isReady = form.model !== undefined
  const take = useEffectEvent(async () => {
    const { takeShared } = await import('./take-shared.ts')
    await takeShared(form, pictures)
  })
  useEffect(() => {
    if (isReady && /[?&]shared=/.test(location.search)) void take()
  }, [isReady])
}
