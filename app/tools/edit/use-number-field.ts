'use client'

import { type ChangeEvent, useState } from 'react'

interface NumberField {
  value: number
  min: number
  max: number
  onChange: (value: number) => void
}

/** The props of a field for a number: what is typed stays as it is until the field is left. */
export function useNumberField({ value, min, max, onChange }: NumberField) {
  const [typed, setTyped] = useState<string>()
  return {
    value: typed ?? String(Math.round(value * 1_000) / 1_000),
    min,
    max,
    onChange: ({ target }: ChangeEvent<HTMLInputElement>) => {
      setTyped(target.value)
      const number = target.valueAsNumber
      if (number >= min && number <= max) onChange(number)
    },
    onBlur: () => setTyped(undefined),
  }
}
