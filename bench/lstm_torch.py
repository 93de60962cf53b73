"""torch.nn.LSTM on the adding problem: python lstm_torch.py LENGTH BATCH HIDDEN STEPS; training steps a second on the CPU."""
import json, sys, time
import torch

length, batch, hidden, steps = map(int, sys.argv[1:5])
torch.manual_seed(1)
lstm, readout = torch.nn.LSTM(2, hidden), torch.nn.Linear(hidden, 1)
parameters = [*lstm.parameters(), *readout.parameters()]
optimizer = torch.optim.Adam(parameters, 0.01)
rows = torch.arange(batch)
for step in range(steps + 5):
    if step == 5:
        start = time.perf_counter()
    x = torch.rand(length, batch, 2)
    x[:, :, 1] = 0
    a, b = torch.randint(0, length // 2, (batch,)), torch.randint(length // 2, length, (batch,))
    x[a, rows, 1] = x[b, rows, 1] = 1
    target = x[a, rows, 0] + x[b, rows, 0]
    loss = ((readout(lstm(x)[0][-1])[:, 0] - target) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(parameters, 1)
    optimizer.step()
print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads(),
                  "stepsPerSecond": steps / (time.perf_counter() - start)}))
