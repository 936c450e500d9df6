"""Door: may these rows be loaded?"""

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from expectations.judgement import JudgedBatch
from expectations.quarantine import judge_batch
from tasks.shape_tables import Frames


@task(task_run_name="validate-{name}", cache_policy=NO_CACHE, persist_result=False)
def validate_tables(name: str, frames: Frames, run_id: str, batch_id: str) -> JudgedBatch:
    """Accepted rows, refused rows with the expectation that refused them, or a refused batch. Raises ContractBroken."""
    judged = judge_batch(frames, run_id=run_id, batch_id=batch_id)
    logger = get_run_logger()
    if judged.refusal:
        logger.error("%s refused: %s", name, judged.refusal)
    elif judged.warnings:
        logger.warning("%s: %s", name, "; ".join(judged.warnings))
    return judged
