export { npmNameOf, readRooms, type Room } from './rooms.ts'
