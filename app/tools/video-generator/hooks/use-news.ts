'use client'

import { useState } from 'react'
import type { FileView } from '#lib/contract/file-view'
import { useDeliveryNews } from '../../../hooks/use-delivery-news.ts'
import { useFileNews } from '../../../hooks/use-file-news.ts'

/** Tells the news of the generator's videos; the sentence for its live region, and a way to say another. */
export function useNews(files: readonly FileView[], current: FileView | undefined) {
  const [announcement, announce] = useState('')
  useDeliveryNews(files)
  useFileNews(current, announce)
  return [announcement, announce] as const
}
