import { cva, type VariantProps } from 'class-variance-authority'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cn } from './cn'

const button = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-md text-13 font-medium whitespace-nowrap select-none transition-colors disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        primary: 'bg-accent text-on-accent enabled:hover:brightness-110',
        plain: 'border border-line bg-bg text-ink enabled:hover:bg-hover',
        quiet: 'text-dim enabled:hover:bg-hover enabled:hover:text-ink',
        danger: 'border border-line bg-bg text-bad enabled:hover:bg-bad-bg',
      },
      size: { md: 'h-8 px-3', sm: 'h-7 px-2 text-12', icon: 'size-8', lg: 'h-10 px-4 text-14' },
    },
    defaultVariants: { tone: 'plain', size: 'md' },
  },
)

type Look = VariantProps<typeof button>

export function Button({ tone, size, className, type = 'button', ...rest }: ComponentProps<'button'> & Look) {
  return <button type={type} className={cn(button({ tone, size }), className)} {...rest} />
}

export function ButtonLink({ tone, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link className={cn(button({ tone, size }), tone === 'primary' ? 'hover:brightness-110' : 'hover:bg-hover', className)} {...rest} />
}
