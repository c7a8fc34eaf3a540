'use client'

import { lazyPart } from '../lazy-part.tsx'
import { useEffect, useState } from 'react'
import { onToastsWaiting } from './show-toast.tsx'

const ToastSurface = lazyPart(() =>
  import('./toast-surface.tsx').then((module) => module.ToastSurface),
)

/** Where toasts appear, once there is one. */
export function Toaster() {
  const [isWanted, want] = useState(false)
  useEffect(() => (isWanted ? undefined : onToastsWaiting(() => want(true))), [isWanted])
  return isWanted ? <ToastSurface /> : null
}
