const ADJECTIVES =
  'able amused bold brave bright calm capable clean clever colorful crawling dapper defiant delicate efficient enchanting fearless flawless fun gaudy gentle grandiose handsome honorable hilarious industrious intelligent intrigued invincible judicious kindly languid learned legendary likeable loud luminous magnificent marvelous masked melodic merciful mysterious nebulous nervous nimble nosy omniscient orderly overjoyed peaceful placid polite powerful puzzled rare rebellious redolent resilient respected righteous rogue rumbling selective serious shivering silent skillful smiling sneaky spiffy stately suave tasteful thoughtful traveling trusting unique upbeat useful valuable vaunted victorious wise worried youthful zealous'.split(
    ' ',
  )
const NOUNS =
  'ant ape asp auk bass bat bear bee bird boar bug calf carp cat chimp cod colt crab crane crow cub deer doe dog dolphin donkey dove duck eel elk fawn finch fish flea fly foal fowl fox frog gnat goat goose grouse grub gull hare hawk hen hog horse hound jay kit koi lamb lark loon lynx mare midge mink mole moose moth mouse mule newt owl ox panda penguin perch pig pug quail ram rat ray roo rook seal shad shark sheep shoat shrew shrike skink skunk slug smelt snail snake snipe sow sponge squid squirrel stag steed stoat stork swan tern toad trout turtle vole wasp whale wolf worm wren yak zebra'.split(
    ' ',
  )

/** A name that people can remember, of a run's id: `clever-owl-417`. @param id - at least 14 hexadecimal digits */
export function runNameOf(id: string): string {
  const part = (from: number, length: number): number => Number.parseInt(id.slice(from, from + length), 16) || 0
  return `${ADJECTIVES[part(0, 6) % ADJECTIVES.length]}-${NOUNS[part(6, 6) % NOUNS.length]}-${part(12, 8) % 1000}`
}
