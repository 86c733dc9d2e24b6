/** The most threads that are ever used: each holds its own copy of the program, some 15 MB. */
export const MOST_THREADS = 128
