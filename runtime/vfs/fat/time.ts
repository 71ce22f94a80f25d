/** Defines how FAT writes the time: local time, from 1980 on, in steps of two seconds. */

/** The year in which a port's count of seconds begins: 2000 on a pyboard, 1970 on a computer. */
export type EpochYear = 1970 | 2000;

export interface FatTime {
  readonly date: number;
  readonly time: number;
}

const firstYear = 1980;

/** Times before 1980 become the first moment of 1980. */
export function toFatTime(seconds: number, epochYear: EpochYear): FatTime {
  const moment = new Date(Date.UTC(epochYear, 0, 1) + seconds * 1000);
  const year = moment.getUTCFullYear();
  if (year < firstYear) return { date: (1 << 5) | 1, time: 0 };
  return {
    date: ((year - firstYear) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate(),
    time: (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1),
  };
}

export function fromFatTime({ date, time }: FatTime, epochYear: EpochYear): number {
  const moment = Date.UTC(
    firstYear + (date >> 9),
    ((date >> 5) & 0x0f) - 1,
    date & 0x1f,
    time >> 11,
    (time >> 5) & 0x3f,
    (time & 0x1f) * 2,
  );
  return (moment - Date.UTC(epochYear, 0, 1)) / 1000;
}
