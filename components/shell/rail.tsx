'use client'
import Link from 'next/link'
import { usePathname, useRouter } from 'next/navigation'
import { Kbd } from '@/components/ui/kbd'
import { cn } from '@/components/ui/cn'
import { useKey } from '@/components/keys/use-key'
import { roomOf, ROOMS, type Room } from './rooms'

/** The rooms. Below the wide layout only their signs stay, and on narrow screens they lie across the top. */
export function Rail() {
  const current = roomOf(usePathname())
  return (
    <nav aria-label="Rooms" className="shrink-0 border-line max-md:flex max-md:overflow-x-auto max-md:border-b md:sticky md:top-12 md:h-[calc(100vh-3rem)] md:w-14 md:overflow-y-auto md:border-r md:px-2 md:py-3 lg:w-46">
      {ROOMS.map((room, index) => (
        <RoomLink key={room.href} room={room} current={room === current} parted={index > 0 && ROOMS[index - 1]?.group !== room.group} />
      ))}
    </nav>
  )
}

function RoomLink({ room, current, parted }: { room: Room; current: boolean; parted: boolean }) {
  const router = useRouter()
  useKey(room.key, room.label, 'Go to', () => router.push(room.href))
  const Icon = room.icon
  return (
    <>
      {parted ? <hr className="mx-1.5 my-2.5 border-line max-md:hidden" /> : null}
      <Link
        href={room.href}
        aria-current={current ? 'page' : undefined}
        title={`${room.label} (${room.key})`}
        className={cn('flex h-8 items-center gap-2.5 rounded-md px-2.5 whitespace-nowrap max-lg:justify-center max-md:h-10', current ? 'bg-accent-bg font-semibold text-accent' : 'text-dim hover:bg-hover hover:text-ink')}
      >
        <Icon aria-hidden className="size-4 shrink-0 lg:hidden" />
        <span className="flex-1 max-lg:sr-only max-md:not-sr-only">{room.label}</span>
        <Kbd className="max-lg:hidden">{room.key}</Kbd>
      </Link>
    </>
  )
}
