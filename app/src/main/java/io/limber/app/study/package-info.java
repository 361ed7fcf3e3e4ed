/**
 * The paper's studies: {@link io.limber.app.study.Study} says what runs and what is made of it, and
 * {@link io.limber.app.study.Studies} lists them. Cells are run by {@link io.limber.app.batch};
 * figures and verdicts are computed from a study's CSV tables alone. Immutable but for the runner
 * and the report, which one thread uses.
 */
package io.limber.app.study;
