/** The COCO formats, as far as boxes need them. Boxes are [x, y, width, height] in pixels. */
export type CocoBox = readonly [x: number, y: number, width: number, height: number];

export interface CocoImage {
  readonly id: number;
  readonly width?: number;
  readonly height?: number;
  readonly file_name?: string;
}

export interface CocoCategory {
  readonly id: number;
  readonly name: string;
}

export interface CocoAnnotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox: CocoBox;
  /** Square pixels of the object's outline: what decides small, medium or large. */
  readonly area: number;
  /** 1 where the box holds a crowd: it may be matched many times and counts neither way. */
  readonly iscrowd?: number;
}

export interface CocoDataset {
  readonly images: readonly CocoImage[];
  readonly categories: readonly CocoCategory[];
  readonly annotations: readonly CocoAnnotation[];
}

/** One detection, as in a COCO results file. */
export interface CocoResult {
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox: CocoBox;
  readonly score: number;
}
