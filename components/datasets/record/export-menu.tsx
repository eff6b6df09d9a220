'use client'
import { Download } from 'lucide-react'
import { FORMAT_ABOUT, LABELLED_FORMATS } from '@/lib/export/labelled/format-about'
import { Button } from '@/components/ui/button'
import { Menu, MenuHeading, MenuItem } from '@/components/ui/menu'

const BACK = { all: 'imports back as it is', labels: 'labels import back', events: 'events import back', nothing: 'cannot be imported' } as const

/** The data set as a file, labels as they stand now. */
export function ExportMenu({ dataset }: { dataset: string }) {
  return (
    <Menu trigger={<Button><Download aria-hidden />Export</Button>}>
      <MenuHeading>Events and labels as they stand now</MenuHeading>
      {LABELLED_FORMATS.map((format) => {
        const { title, hint, back } = FORMAT_ABOUT[format]
        return (
          <MenuItem key={format} onSelect={() => { window.location.assign(`/api/datasets/${dataset}/export?format=${format}`) }}>
            <span><span className="block">{title}</span><span className="block max-w-80 text-12 whitespace-normal text-dim">{hint}; {BACK[back]}</span></span>
          </MenuItem>
        )
      })}
    </Menu>
  )
}
