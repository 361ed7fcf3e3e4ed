/**
 * Looks at the machine for {@code limber doctor}: {@link io.limber.app.doctor.Doctor} runs one
 * check after another, each of which gives a {@link io.limber.app.doctor.Finding}. One thread.
 */
package io.limber.app.doctor;
