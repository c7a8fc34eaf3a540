'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { onToastsWaiting } from './show-toast.tsx'

const ToastSurface = dynamic(
  () => import('./toast-surface.tsx').then((module) => module.ToastSurface),
  { ssr: false },
)

/** Where toasts appear, once there is one. */
export function Toaster() {
  const [isWanted, want] = useState(false)
  useEffect(() => (isWanted ? undefined : onToastsWaiting(() => want(true))), [isWanted])
  return isWanted ? <ToastSurface /> : null
}
