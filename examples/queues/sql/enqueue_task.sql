INSERT INTO queues.tasks (kind, payload) VALUES (enqueue_task.kind, enqueue_task.payload) RETURNING task_id
