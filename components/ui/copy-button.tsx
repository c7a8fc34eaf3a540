'use client'

import { useTranslations } from 'next-intl'
import { CheckIcon, CopyIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, IconButton } from './button.tsx'
import { copyText } from './copy-text.ts'

interface CopyButtonProps {
  label: string
  text: string
  /** Shows the label next to the icon. */
  isLabelled?: boolean
}

/** Copies a text and confirms it for two seconds. */
export function CopyButton({ label, text, isLabelled = false }: CopyButtonProps) {
  const t = useTranslations('ui')
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setIsCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = () => void copyText(text).then(setIsCopied)
  const icon = isCopied ? <CheckIcon /> : <CopyIcon />
  const words = isCopied ? t('copied') : label
  if (!isLabelled)
    return (
      <IconButton label={words} onClick={copy}>
        {icon}
      </IconButton>
    )
  return (
    <Button size="small" variant="quiet" onClick={copy}>
      {icon}
      <span>{words}</span>
    </Button>
  )
}
