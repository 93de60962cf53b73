/**
 * The questions that this notebook answers, or will: the front door lists them all. A question is linked as soon as its
 * room stands in rooms.ts. A room that opens adds its answer here, and the figures that show it.
 */
export interface Question {
  readonly id: string;
  readonly ask: string;
  /** The folder of the room that answers it. */
  readonly room: string;
  /** The answer in a sentence or two, once there is one. */
  readonly answer?: string;
  /** The figures to see it in, as in the catalogue; one that is yet to come is left out. */
  readonly figures?: readonly string[];
}

export interface Chapter {
  readonly name: string;
  readonly questions: readonly Question[];
}

export const chapters: readonly Chapter[] = [
  {
    name: "Learning",
    questions: [
      {
        id: "L1",
        room: "boosting",
        ask: "How do GBDT and XGBoost differ: regularisation, speed, missing values, feature importance, first against second derivatives?",
        answer:
          "Both add trees fitted to what is left over. XGBoost lets second derivatives and penalties choose the splits too, and learns a side for missing values.",
        figures: ["boosting/one-split", "boosting/round-by-round", "boosting/missing-values", "boosting/importance", "boosting/speed"]
      },
      {
        id: "L2",
        room: "lstm",
        ask: "What makes LSTM special: gates, long memory, what runs in parallel?",
        answer:
          "It keeps a second state that is changed by addition, so gradients along it shrink only by the forget gates. Within a step the gates run in parallel; the steps do not.",
        figures: ["lstm/one-step", "lstm/gradient-flow", "lstm/train-memory", "lstm/parallel"]
      },
      {
        id: "L3",
        room: "relu",
        ask: "What is good and bad about ReLU, and which variants mend it?",
        answer:
          "It is cheap and keeps the slope of what is on; units can die, for good. Leaky variants cannot; smooth ones cost more and buy little in a small network.",
        figures: ["relu/functions", "relu/signal-depth", "relu/train-ensemble", "relu/one-network", "relu/born-dead"]
      },
      {
        id: "L4",
        room: "focal-loss",
        ask: "How do you treat imbalanced samples: under- and oversampling, balanced reading, class weights, balanced losses, augmentation?",
        answer:
          "Most remedies buy time and move the threshold. Measured by average precision, few buy more, and all of them spoil the probabilities.",
        figures: ["focal-loss/remedies"]
      },
      {
        id: "L5",
        room: "focal-loss",
        ask: "What is focal loss, and what does it do to easy and hard examples?",
        answer: "Cross-entropy times (1 − p)^γ: easy examples are turned down, so that the sum is left to the hard ones.",
        figures: ["focal-loss/loss-opened", "focal-loss/who-makes-the-loss", "focal-loss/prior"]
      },
      {
        id: "L6",
        room: "focal-loss",
        ask: "Which loss suits multi-label classification?",
        answer: "A sigmoid and a binary cross-entropy per label; softmax makes labels compete that may stand together.",
        figures: ["focal-loss/multi-label", "focal-loss/multi-label-training"]
      },
      {
        id: "L7",
        room: "iou",
        ask: "How is IoU computed, and which variants exist?",
        answer:
          "The area shared over the area covered. GIoU, DIoU, CIoU, EIoU, SIoU, α-IoU and MPDIoU each subtract, or change, something that IoU cannot see.",
        figures: ["iou/box-playground", "iou/same-distance"]
      },
      {
        id: "L8",
        room: "iou",
        ask: "What did YOLOv4 change in the IoU loss (GIoU, DIoU, CIoU)?",
        answer: "It replaced four squared coordinate errors by one CIoU loss, and suppressed neighbours by DIoU.",
        figures: ["iou/regression-race", "iou/loss-surface", "iou/regression-experiment"]
      },
      {
        id: "L9",
        room: "map",
        ask: "How is mAP computed, where does it fall short, and what mends each shortcoming?",
        answer:
          "Sort by score, match greedily, take the area under precision over recall, average over classes and thresholds. It forgives loose boxes and sure mistakes and weighs rare classes like common ones: report AP75, F1 or LRP, and precision at k beside it.",
        figures: ["map/step-through", "map/misleads", "map/mean", "map/bring-your-own"]
      },
      {
        id: "L10",
        room: "tree-of-thought",
        ask: "How does a tree of thoughts differ from a chain; are its nodes equally likely; can a path be infinite; how does the result come out?",
        answer: "It scores partial answers and goes back: a search, whose budget bounds it and whose scores choose the result.",
        figures: [
          "tree-of-thought/tree",
          "tree-of-thought/chain-beside-tree",
          "tree-of-thought/many-puzzles",
          "tree-of-thought/gpt-4-runs",
          "tree-of-thought/for-ever",
          "tree-of-thought/judge"
        ]
      }
    ]
  },
  {
    name: "Vision and data",
    questions: [
      {id: "V1", room: "attention", ask: "What is the essence of the Transformer, and how does it compare with a CNN?"},
      {id: "V2", room: "detection", ask: "A quantised detector's boxes keep their centre but halve in width and height: what may be the cause?"},
      {id: "V3", room: "detection", ask: "How do you detect or classify small objects, with and without changing the model?"},
      {id: "V4", room: "detection", ask: "What is Mosaic augmentation and what is it for?"},
      {
        id: "V5",
        room: "unlabelled",
        ask: "How can a mass of unlabelled data strengthen training: contrastive learning, active learning, pseudo-labels, hard samples?"
      }
    ]
  },
  {
    name: "Language models",
    questions: [
      {id: "M1", room: "transformer-block", ask: "Where does normalisation go, before or after the residual sum, and which norms differ how?"},
      {id: "M2", room: "transformer-block", ask: "How are position encodings derived? Depth or width: which matters more?"},
      {id: "M3", room: "transformer-block", ask: "How are token embeddings initialised, and does it matter?"},
      {id: "M4", room: "fine-tuning", ask: "What is the objective of supervised fine-tuning, step by step, as in Alpaca-style instruction tuning?"},
      {id: "M5", room: "fine-tuning", ask: "LoRA, then preference optimisation (DPO, PPO): what does each step do?"},
      {id: "M6", room: "attention", ask: "How is attention adapted to a scenario: masks, windows, grouped heads?"}
    ]
  },
  {
    name: "Compression and deployment",
    questions: [
      {id: "C1", room: "compression", ask: "Which ways of compressing a model exist: quantisation, pruning, distillation?"},
      {id: "C2", room: "quantisation", ask: "Which kinds of quantisation are there, and what does each cost?"},
      {id: "C3", room: "deployment", ask: "How does a TensorRT deployment go; how are quantisation and custom operators done there?"},
      {id: "C4", room: "deployment", ask: "What is ONNX Runtime's architecture?"},
      {id: "C5", room: "autotuning", ask: "How does TVM deploy a model, which optimisations does it apply, and how does it search schedules?"}
    ]
  },
  {
    name: "GPU",
    questions: [
      {id: "G1", room: "gpu-memory", ask: "What are the GPU's memories and caches, and how does the programming model present main memory?"},
      {id: "G2", room: "gpu-threads", ask: "What are threads, blocks, grids and warps?"},
      {id: "G3", room: "matmul", ask: "How is matrix multiplication optimised?"},
      {id: "G4", room: "transpose", ask: "How is transposition optimised?"},
      {id: "G5", room: "convolution", ask: "How is convolution optimised?"},
      {id: "G6", room: "flash-attention", ask: "What do FlashAttention 1 and 2 each change?"},
      {id: "G7", room: "parallel-sort", ask: "How does a parallel sort work?"},
      {id: "G8", room: "profiling", ask: "How do you profile a GPU program, and what experience guides optimisation?"},
      {id: "G9", room: "tensor-core", ask: "What is a tensor core?"},
      {id: "G10", room: "hardware", ask: "Which cards have which compute, memory and link speeds?"}
    ]
  },
  {
    name: "Many GPUs",
    questions: [
      {id: "D1", room: "interconnect", ask: "What are NVLink and RDMA? How is communication across nodes optimised?"},
      {id: "D2", room: "collectives", ask: "Which collectives exist, and how are all-reduce and all-gather optimised?"},
      {
        id: "D3",
        room: "data-parallel",
        ask: "Which means of distributed training exist; how do data parallel and distributed data parallel differ, and what does each communicate?"
      },
      {id: "D4", room: "pipeline", ask: "What is a pipeline bubble and how is it made small?"},
      {id: "D5", room: "zero", ask: "What do FSDP and ZeRO's three stages shard, and what does it save?"}
    ]
  }
];
