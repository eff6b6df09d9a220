import { RoomSkeleton } from '@/components/labelling/label-room'

export default function Loading() {
  return <RoomSkeleton />
}
