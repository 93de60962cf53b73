/** The rooms that are open, in reading order: what the header lists and the front door links. */
export const rooms = [
  {path: "/iou/", name: "IoU and its variants"},
  {path: "/map/", name: "mAP"},
  {path: "/relu/", name: "ReLU and its variants"},
  {path: "/focal-loss/", name: "Focal loss and imbalance"},
  {path: "/boosting/", name: "GBDT and XGBoost"},
  {path: "/lstm/", name: "LSTM gates"},
  {path: "/tree-of-thought/", name: "Tree of Thoughts"}
] as const;
